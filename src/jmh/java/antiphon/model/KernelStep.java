package antiphon.model;

/** Our own kernel. */
public final class KernelStep implements Contender {
    private final String name;
    private final StackedLstm model;
    private final LstmState state;
    private final float[] logits;

    public KernelStep(String name, StackedLstm model) {
        this.name = name;
        this.model = model;
        state = model.newState();
        logits = new float[model.fieldSize(StackedLstm.KIND)];
    }

    @Override
    public String name() {
        return name;
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
