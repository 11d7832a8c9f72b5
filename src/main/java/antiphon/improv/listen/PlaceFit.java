package antiphon.improv.listen;

import antiphon.model.ModelException;
import antiphon.model.StackedLstm;
import antiphon.music.Place;

/** Whether a network fits what {@link Places} tell it. Pure. */
public final class PlaceFit {
    private PlaceFit() {}

    /**
     * Makes sure that a network that is told places was trained with these.
     *
     * @throws ModelException one line, if not
     */
    public static void check(StackedLstm network) {
        for (int field = 0; network.knowsPlaces() && field < Place.FIELDS; field++) {
            if (network.placeSize(field) != Place.fieldSize(field) || network.phases() != Place.PHASES) {
                throw new ModelException("the model knows " + network.placeSize(field) + " values of "
                        + Place.fieldName(field) + " and " + network.phases() + " phases; " + Place.fieldSize(field)
                        + " and " + Place.PHASES + " needed. Another version of antiphon trained it: train it again.");
            }
        }
    }
}
