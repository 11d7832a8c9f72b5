package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.music.Vocabulary;

/**
 * How the pitches of a call are changed: moved along its scale, turned upside down, or left open for the network. One
 * thread; allocates nothing.
 */
@HotPath
final class PitchChange {
    /** Semitones beyond the call's range. */
    private static final int FREE_SEMITONES = 7;

    private static final int STEPS_IN_OCTAVE = ScaleSteps.OCTAVE;
    private static final int SEMITONES = 12;
    private static final int TRITONE = 6;

    private enum Way {
        MOVED,
        MIRRORED,
        OPEN
    }

    private final ScaleSteps scale = new ScaleSteps();
    private final Material call;
    private int registerSteps;
    private Way way = Way.MOVED;

    /** By which it is moved, or around which it is mirrored. */
    private int steps;

    /** What is mirrored is moved by so much, so that the line stays near the call. */
    private int octaves;

    /** Changes this call. */
    PitchChange(Material call) {
        this.call = call;
    }

    /**
     * The call is another one.
     *
     * @param key see {@link ScaleSteps#setKey}
     * @param registerSemitones how much higher than the call all is to lie
     */
    void take(int key, int registerSemitones) {
        scale.setKey(key);
        scale.bend(call.classes());
        registerSteps = Math.round((float) registerSemitones * STEPS_IN_OCTAVE / SEMITONES);
    }

    /** In which scale. */
    ScaleSteps scale() {
        return scale;
    }

    /** From now on pitches are open. */
    void open() {
        way = Way.OPEN;
    }

    /** From now on they are moved by so many steps. */
    void move(int bySteps) {
        way = Way.MOVED;
        steps = registerSteps + bySteps;
    }

    /** The same, or in the other direction if the line would leave its range. */
    void moveWithin(int bySteps) {
        move(fits(bySteps) ? bySteps : -bySteps);
    }

    /** Nothing of the call leaves its range if it is moved so. */
    boolean fits(int bySteps) {
        int moved = scale.moved(bySteps > 0 ? call.highest() : call.lowest(), bySteps);
        return moved <= call.highest() + FREE_SEMITONES && moved >= call.lowest() - FREE_SEMITONES;
    }

    /** From now on they are upside down, around the third of the key nearest to the line: its triad stays the same. */
    void mirrorAroundThird() {
        int middle = scale.step((int) call.meanPitch());
        int third = middle - Math.floorMod(middle - 2, STEPS_IN_OCTAVE);
        mirror(middle - third > STEPS_IN_OCTAVE / 2 ? third + STEPS_IN_OCTAVE : third);
    }

    /** From now on they are upside down, around the line's first note. */
    void mirrorAroundFirst() {
        mirror(scale.step(call.top(call.lineFrom(0))));
    }

    private void mirror(int axis) {
        way = Way.MIRRORED;
        steps = axis;
        int above = scale.mirrored(call.lowestOfLine(), axis) - call.highestOfLine() - FREE_SEMITONES;
        int below = call.lowestOfLine() - FREE_SEMITONES - scale.mirrored(call.highestOfLine(), axis);
        octaves = above > 0 ? -Math.ceilDiv(above, SEMITONES) : below > 0 ? Math.ceilDiv(below, SEMITONES) : 0;
    }

    /** What a pitch becomes; {@link Sketch#OPEN} for an open one. */
    int of(int pitch) {
        if (way == Way.OPEN) {
            return Sketch.OPEN;
        }
        int to = way == Way.MOVED
                ? scale.moved(pitch, steps)
                : scale.moved(scale.mirrored(pitch, steps), registerSteps) + octaves * SEMITONES;
        return folded(to, 0, Vocabulary.PITCHES - 1);
    }

    /** What a note of the call becomes; the left hand's stay in their octave where the line is mirrored. */
    int ofNote(int note) {
        int pitch = call.notes().pitch(note);
        int to = of(pitch);
        if (way != Way.MIRRORED || !call.isLeft(note)) {
            return to;
        }
        int at = registered(pitch);
        return folded(folded(to, at - TRITONE, at + TRITONE - 1), 0, Vocabulary.PITCHES - 1);
    }

    /** In the register of the answer, otherwise as it was. */
    int registered(int pitch) {
        return scale.moved(pitch, registerSteps);
    }

    /** In another octave, if it is too low or too high; the range spans an octave at least. */
    private static int folded(int pitch, int lowest, int highest) {
        int folded = pitch;
        while (folded < lowest) {
            folded += SEMITONES;
        }
        while (folded > highest) {
            folded -= SEMITONES;
        }
        return folded;
    }
}
