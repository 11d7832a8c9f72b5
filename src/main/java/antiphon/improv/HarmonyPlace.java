package antiphon.improv;

/** On which side of the tune the voices of {@link Mode#HARMONY} lie. */
public enum HarmonyPlace {
    BELOW,
    ABOVE,
    EITHER;

    private static final HarmonyPlace[] ALL = values();

    /** Its number in rings and journals; see {@link #of}. */
    @SuppressWarnings("EnumOrdinal") // Rings and journals carry numbers.
    public int number() {
        return ordinal();
    }

    /** The one with this number. */
    public static HarmonyPlace of(int number) {
        return ALL[number];
    }
}
