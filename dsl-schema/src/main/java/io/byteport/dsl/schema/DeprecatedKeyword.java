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
import tools.jackson.databind.JsonNode;

/**
 * {@code x-deprecated}, beside the standard's {@code deprecated: true}: since when a field will go
 * away, what takes its place and why. Whatever stands in such a field is told, so the keyword
 * belongs under {@code properties} alone, never into a condition.
 */
final class DeprecatedKeyword extends AbstractKeyword {
  static final String NAME = "x-deprecated";

  DeprecatedKeyword() {
    super(NAME);
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation location, JsonNode said, Schema parent, SchemaContext context) {
    return new Told(this, said, location, parent, context);
  }

  private static final class Told extends BaseKeywordValidator {

    Told(
        Keyword keyword,
        JsonNode said,
        SchemaLocation location,
        Schema parent,
        SchemaContext context) {
      super(keyword, said, location, parent, context);
    }

    @Override
    public void validate(ExecutionContext execution, JsonNode node, JsonNode root, NodePath place) {
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
