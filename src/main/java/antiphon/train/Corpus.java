package antiphon.train;

import java.util.List;

public record Corpus(List<Piece> pieces, String description) {}
