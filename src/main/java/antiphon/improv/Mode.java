package antiphon.improv;

import antiphon.music.Voice;

/** How the improviser takes part. */
public enum Mode {
    /** Listens to a phrase; when it ends, answers with one of its own, then listens again. */
    CALL(Voice.HUMAN),
    /** When you pause, plays on from where you stopped, as if it were you, until you play again. */
    CONTINUE(Voice.ANSWER),
    /** Plays one voice with each of your notes, and releases it with your key. */
    HARMONY(Voice.HUMAN);

    private final int voiceOfPlayer;

    Mode(int voiceOfPlayer) {
        this.voiceOfPlayer = voiceOfPlayer;
    }

    /** The voice that the player's notes have for the network; to play on as the player they must be its own. */
    int voiceOfPlayer() {
        return voiceOfPlayer;
    }
}
