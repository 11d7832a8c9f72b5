package antiphon.judge;

import java.util.Locale;

/** What is measured of who plays with a tune whose chords are known. */
enum HarmonyMeasure {
    IN_CHORD("in chord", "notes whose pitch class is in the chord that stands when they begin", true),
    IN_CHORD_TIME("in chord, time", "the same, of the time that they sound", true),
    IN_KEY("in key", "notes in the scale of the song's key, in minor with both sevenths", true),
    BELOW("below", "notes below the tune's sounding or last note", true),
    LOUDNESS("loudness", "mean velocity, divided by the tune's", false),
    OCTAVES("octaves", "of the tune's steps, those that a voice follows in parallel octaves or unisons", true),
    FIFTHS("fifths", "the same in parallel fifths", true),
    STEP("step", "mean semitones from one note to the next", false),
    OVERLAP("overlap", "of the time in which the tune sounds, that in which the partner does", true),
    DISTANCE("distance", "semitones between the mean pitches", false);

    private final String text;
    private final String meaning;
    private final boolean percent;

    HarmonyMeasure(String text, String meaning, boolean percent) {
        this.text = text;
        this.meaning = meaning;
        this.percent = percent;
    }

    /** Its name for people. */
    String text() {
        return text;
    }

    String meaning() {
        return meaning;
    }

    /** True if it is a share. */
    boolean isPercent() {
        return percent;
    }

    /** Its name for programs. */
    String key() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder key = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return key.toString();
    }
}
