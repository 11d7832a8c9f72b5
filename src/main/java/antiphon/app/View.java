package antiphon.app;

/** What a running session shows to people. Any thread may call. */
interface View {
    /** Begins to show what happens. */
    void begin(String ready);

    /** Shows a line; does nothing if it is empty. */
    void say(String line);

    /** Stops showing anything, and leaves the terminal as it was. */
    void end();
}
