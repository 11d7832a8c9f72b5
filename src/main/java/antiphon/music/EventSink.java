package antiphon.music;

/** Takes packed {@link Event}s one by one, in order. */
@FunctionalInterface
public interface EventSink {
    void accept(int event);
}
