package io.byteport.lsp.live;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What came of a question.
 *
 * @param out what the program printed
 * @param tree the same as JSON; null where it is none
 * @param trouble why there is no answer, in one sentence or the program's own words; empty where
 *     there is one
 * @param defect whether that is no fault of the texts: the program broke, or took too long
 */
record Answer(String out, @Nullable JsonNode tree, String trouble, boolean defect) {
  static final Answer NONE = new Answer("", null, "", false);

  static Answer of(String out, @Nullable JsonNode tree) {
    return new Answer(out, tree, "", false);
  }

  static Answer trouble(String words, boolean defect) {
    return new Answer("", null, words, defect);
  }

  Optional<JsonNode> json() {
    return Optional.ofNullable(tree);
  }

  boolean failed() {
    return !trouble.isEmpty();
  }
}
