package antiphon.model;

/** Our own kernel. The live path does what it can ahead of an event; here that is a contender of its own. */
public final class KernelStep implements Contender {
    private final String name;
    private final boolean ahead;
    private final StackedLstm model;
    private final LstmState state;
    private final float[] logits;

    /** @param ahead whether what no event can change is done before */
    public KernelStep(String name, StackedLstm model, boolean ahead) {
        this.name = name;
        this.ahead = ahead;
        this.model = model;
        state = model.newState();
        logits = new float[model.fieldSize(StackedLstm.KIND)];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() {
        if (ahead) {
            model.prepare(state);
        }
    }

    @Override
    public void step(int kind, int time, int pitch, int velocity) {
        model.step(state, kind, time, pitch, velocity);
        model.logits(state, StackedLstm.KIND, 0, 0, 0, logits);
    }

    @Override
    public float[] kindLogits() {
        return logits;
    }

    @Override
    public void close() {}
}
