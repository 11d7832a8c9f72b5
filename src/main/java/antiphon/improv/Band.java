package antiphon.improv;

import java.util.List;

/**
 * The parts, with which an {@link Ensemble} begins: this is the first one's level, and who plays beside it.
 *
 * @param levelPercent how loud the first part plays: 100 as it wants to
 * @param beside the second, third and fourth part, as far as there are any; {@value #MAX_BESIDE} at most
 */
public record Band(int levelPercent, List<Beside> beside) {
    public static final int MAX_BESIDE = 3;
    public static final int FULL_LEVEL = 100;

    /** What {@code config/antiphon.toml} ships. */
    public static final Band ALONE = new Band(FULL_LEVEL, List.of());

    /** A journal written before there were parts says nothing of it. */
    public Band {
        levelPercent = levelPercent == 0 ? FULL_LEVEL : levelPercent;
        int known = beside == null ? 0 : beside.size();
        // Those that are as if nobody had named them need not be named.
        while (known > 0 && beside.get(known - 1).equals(Beside.off(known))) {
            known--;
        }
        beside = known == 0 ? List.of() : List.copyOf(beside.subList(0, known));
    }

    /**
     * A part beside the first one; whatever is not named here is as for the first.
     *
     * @param mode the number of its {@link Mode}, or {@value #OFF}
     * @param channel 0–15
     * @param registerSemitones see {@link Settings#registerSemitones}
     * @param levelPercent see {@link Band}
     */
    public record Beside(int mode, int channel, int registerSemitones, int levelPercent) {
        /** There is no such part. */
        public static final int OFF = -1;

        /** What a control of such a part carries. */
        public long value(Control control) {
            return switch (control.ofPart()) {
                case MODE -> mode;
                case CHANNEL -> channel;
                case REGISTER -> registerSemitones;
                default -> levelPercent;
            };
        }

        /** Which channels the parts have if nobody says: 2 to people is the first part's. */
        public static Beside off(int number) {
            return new Beside(OFF, 1 + number, 0, Band.FULL_LEVEL);
        }
    }
}
