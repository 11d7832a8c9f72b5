package antiphon.app;

/** What a running session shows to people. Any thread may call. */
interface View {
    /** Begins to show what happens. */
    void begin(String ready);

    /** Tells something, one line; nothing if it is empty. */
    void say(String line);

    /** Shows nothing any more, and leaves the terminal as it was. */
    void end();
}
