package antiphon.music;

/** Who plays: the two parties of the dialogue, as indices so that the hot path needs no objects. */
public final class Voice {
    public static final int HUMAN = 0;
    public static final int ANSWER = 1;
    public static final int COUNT = 2;

    private Voice() {}

    /** The word for a voice in files and messages: {@code human} or {@code answer}. */
    public static String name(int voice) {
        return voice == HUMAN ? "human" : "answer";
    }
}
