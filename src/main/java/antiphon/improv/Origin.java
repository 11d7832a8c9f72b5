package antiphon.improv;

import antiphon.HotPath;

/** Where an imagined answer came from: the network alone, or material of the call that it goes on from. */
public enum Origin {
    /** The network drew all of it. */
    DRAWN("the network"),
    /** The call on other steps of its key. */
    TRANSPOSED("your phrase on other steps"),
    /** What rose falls. */
    INVERTED("your phrase upside down"),
    /** The call's rhythm; the network drew the pitches. */
    RHYTHM("your rhythm"),
    /** Pitches of the call in their order; the network drew the times. */
    PITCHES("your pitches"),
    /** A fragment of the call, repeated on other steps. */
    SEQUENCE("a sequence of your notes"),
    /** It begins as the call does and goes on in another way. */
    ENDING("your beginning");

    private static final Origin[] ALL = values();

    private final String text;

    Origin(String text) {
        this.text = text;
    }

    /** Its number on the tap and in journals. */
    @HotPath
    @SuppressWarnings("EnumOrdinal") // Journals carry numbers: new ones are added at the end.
    public int number() {
        return ordinal();
    }

    /** The origin with this number. */
    @HotPath
    public static Origin of(int number) {
        return ALL[number];
    }

    /** For the human, who played the call. */
    public String text() {
        return text;
    }
}
