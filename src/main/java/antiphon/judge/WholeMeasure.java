package antiphon.judge;

import java.util.Arrays;
import java.util.List;

/** A line of the tables on whole answers: one figure for each answer, NaN where it cannot be measured. Pure. */
enum WholeMeasure {
    MOTIFS("motifs of the call", "motifs", true),
    MOTIF_LIFT("… above those of other calls", "motifLift", true),
    AT_PITCH("motifs at the call's pitch", "motifsAtPitch", true),
    AT_PITCH_LIFT("… above those of other calls", "motifAtPitchLift", true),
    RHYTHMS("rhythms of the call", "rhythms", true),
    RHYTHM_LIFT("… above those of other calls", "rhythmLift", true),
    TAKEN_UP("figures quoted or varied", "figures", true),
    TAKEN_UP_LIFT("… above those of other calls", "figureLift", true),
    VARIATION("… by how much, 0 to 0.4", "variation", false),
    COPIED("copied in runs of 6 or more", "copied", true),
    LONGEST("longest copied run, notes", "longestRun", false),
    TOP_IN_TRIAD("ends on tonic triad, top", "endsInTriadTop", true),
    BASS_IN_TRIAD("ends on tonic triad, bass", "endsInTriadBass", true),
    LONG_LAST("last note long", "lastNoteLong", true),
    LAST_ON_BEAT("last onset on a beat", "lastOnsetOnBeat", true),
    CUT_OFF("voices cut off at the end", "cutOff", true),
    ONE_PITCH("one pitch only", "onePitch", true),
    PITCHES("different pitches", "pitches", false),
    REPEATED("notes as the one before", "repeated", true),
    SILENT("silent", "silent", true),
    NOTES("notes", "notes", false),
    VOICES("voices at once, most", "voices", false),
    DENSITY("notes a second", "notesPerSecond", false),
    CALL_DENSITY("(the call's)", "callNotesPerSecond", false),
    DENSER("times as dense as the call", "density", false),
    AFTER_ONSET("first note after last onset, s", "afterOnsetSeconds", false),
    AFTER_RELEASE("first note after release, s", "afterReleaseSeconds", false);

    /** What can be measured of an answer to one to three notes. */
    static final List<WholeMeasure> OF_SHORT_CALLS = List.of(
            TOP_IN_TRIAD,
            BASS_IN_TRIAD,
            LONG_LAST,
            CUT_OFF,
            ONE_PITCH,
            PITCHES,
            REPEATED,
            SILENT,
            NOTES,
            VOICES,
            DENSITY,
            CALL_DENSITY,
            DENSER,
            AFTER_ONSET,
            AFTER_RELEASE);

    static final List<WholeMeasure> ALL = Arrays.asList(values());

    private final String text;
    private final String key;
    private final boolean percent;

    WholeMeasure(String text, String key, boolean percent) {
        this.text = text;
        this.key = key;
        this.percent = percent;
    }

    /** The figure of one answer. */
    double of(WholeCall call, WholeScore score) {
        return switch (this) {
            case MOTIFS, MOTIF_LIFT, AT_PITCH, AT_PITCH_LIFT, RHYTHMS, RHYTHM_LIFT, TAKEN_UP, TAKEN_UP_LIFT ->
                ofMotifs(score.motifs(), score.chance());
            case VARIATION -> score.variation().distance();
            case COPIED -> score.copies().share();
            case LONGEST -> score.copies().longest();
            case TOP_IN_TRIAD -> score.ending().topInTriad();
            case BASS_IN_TRIAD -> score.ending().bassInTriad();
            case LONG_LAST -> score.ending().longLast();
            case LAST_ON_BEAT -> score.lastOnBeat();
            case CUT_OFF -> score.ending().cutOff();
            case ONE_PITCH -> score.variety().onePitch();
            case PITCHES -> score.variety().pitches();
            case REPEATED -> score.variety().repeated();
            case SILENT -> score.pace().notes() == 0 ? 1 : 0;
            case NOTES -> score.pace().notes();
            case VOICES -> score.pace().voices();
            case DENSITY -> score.pace().notesPerSecond();
            case CALL_DENSITY -> score.callPace().notesPerSecond();
            case DENSER -> score.pace().notesPerSecond() / score.callPace().notesPerSecond();
            case AFTER_ONSET -> (score.first() + call.fromLastOnsetNanos()) / 1e9;
            case AFTER_RELEASE -> (score.first() + call.fromReleaseNanos()) / 1e9;
        };
    }

    private double ofMotifs(WholeScore.Shares own, WholeScore.Shares chance) {
        return switch (this) {
            case MOTIFS -> own.anyKey();
            case MOTIF_LIFT -> own.anyKey() - chance.anyKey();
            case AT_PITCH -> own.atPitch();
            case AT_PITCH_LIFT -> own.atPitch() - chance.atPitch();
            case RHYTHMS -> own.rhythm();
            case RHYTHM_LIFT -> own.rhythm() - chance.rhythm();
            case TAKEN_UP -> own.takenUp();
            case TAKEN_UP_LIFT -> own.takenUp() - chance.takenUp();
            default -> throw new IllegalArgumentException(this + " is not of motifs");
        };
    }

    /** For people. */
    String text() {
        return text;
    }

    /** For programs. */
    String key() {
        return key;
    }

    /** A share, to be shown as a percentage. */
    boolean isPercent() {
        return percent;
    }
}
