package antiphon.improv;

import antiphon.HotPath;

/**
 * The part of the {@link Dials} for who plays at the same time as the human: at first as {@link Settings.Together} says.
 * The improviser's thread; allocates nothing.
 */
@HotPath
public final class TogetherDials {
    private static final double PERCENT = 100;

    private HarmonyPlace place;
    private int levelPercent;
    private int voices;
    private int split;

    /** Begins with these settings. */
    TogetherDials(Settings.Together together) {
        place = together.place();
        levelPercent = together.levelPercent();
        voices = together.voices();
        split = together.split();
    }

    /** Becomes the same as others. */
    void follow(TogetherDials other) {
        place = other.place;
        levelPercent = other.levelPercent;
        voices = other.voices;
        split = other.split;
    }

    /** Takes over the value of a control; one of another kind changes nothing here. */
    void set(Control control, long value) {
        switch (control) {
            case HARMONY_PLACE -> place = HarmonyPlace.of((int) value);
            case HARMONY_LEVEL -> levelPercent = (int) value;
            case HARMONY_VOICES -> voices = (int) value;
            case SPLIT -> split = (int) value;
            default -> {}
        }
    }

    /** On which side of the tune the voices of harmony lie. */
    public HarmonyPlace place() {
        return place;
    }

    /** By this the velocity of the human's note is multiplied for the voices of harmony. */
    public double level() {
        return levelPercent / PERCENT;
    }

    /** Voices of harmony with each note of the tune: 1 to {@value Settings.Together#MAX_VOICES}. */
    public int voices() {
        return voices;
    }

    /** The lowest pitch of the human's right hand, or {@value Settings.Together#AUTO_SPLIT} for what is heard. */
    public int split() {
        return split;
    }
}
