package io.byteport.dsl.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * {@code enum} and {@code const}, for texts alone. The library's own write every value out as JSON,
 * for which they start a whole object mapper; that is most of the time that a first validation
 * takes.
 */
final class WordsKeyword extends AbstractKeyword {

  WordsKeyword(String name) {
    super(name);
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation location, JsonNode words, Schema parent, SchemaContext context) {
    return new Words(this, words, location, parent, context);
  }

  private static final class Words extends BaseKeywordValidator {
    private final Set<String> words = new HashSet<>();

    Words(
        Keyword keyword,
        JsonNode words,
        SchemaLocation location,
        Schema parent,
        SchemaContext context) {
      super(keyword, words, location, parent, context);
      if (words.isArray()) {
        words.forEach(word -> this.words.add(word.stringValue()));
      } else {
        this.words.add(words.stringValue());
      }
    }

    @Override
    public void validate(ExecutionContext execution, JsonNode node, JsonNode root, NodePath place) {
      if (!(node.isString() && words.contains(node.stringValue()))) {
        execution.addError(
            error()
                .instanceNode(node)
                .instanceLocation(place)
                .evaluationPath(execution.getEvaluationPath())
                .message(getKeyword())
                .build());
      }
    }
  }
}
