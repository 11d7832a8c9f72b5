package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Dials;
import antiphon.improv.Stage;
import antiphon.improv.listen.Phrase;

/** Listens to a phrase; when it ends, answers with one of its own, then listens again. */
@HotPath
class Call extends Turns {
    Call(Stage stage) {
        super(stage);
    }

    @Override
    public long restNanos() {
        return stage.dials().callRestNanos();
    }

    @Override
    public long phraseEndNanos() {
        return stage.listener().phraseEndNanos(restNanos(), stage.dials().callEarly());
    }

    @Override
    public void measure(Phrase call, AnswerShape answer) {
        Dials dials = stage.dials();
        answer.measure(call, dials, false, dials.callLength(), dials.callMaxNanos());
    }

    @Override
    boolean canImagine() {
        return true;
    }
}
