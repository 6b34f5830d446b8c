package io.byteport.cli.http;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document, asked what an answer must look like. */
final class Document {
  private static final SchemaRegistry DRAFT =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  static final JsonNode ROOT = JsonMapper.shared().readTree(Api.document());

  private Document() {}

  /** Method and path of each operation. */
  static List<String> operations() {
    List<String> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : ROOT.path("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        all.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    return all;
  }

  static JsonNode operation(String method, String path) {
    return ROOT.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
  }

  /** What is wrong with an answer; empty where nothing is. */
  static List<String> complaints(
      String method, String path, int status, String mediaType, String body) {
    JsonNode responses = operation(method, path).path("responses");
    JsonNode response =
        responses.has(Integer.toString(status))
            ? responses.path(Integer.toString(status))
            : status >= 400 ? responses.path("default") : responses.path("none");
    if (status == 204) {
      return response.isMissingNode() ? List.of("no 204 is documented") : List.of();
    }
    JsonNode schema = response.path("content").path(mediaType).path("schema");
    if (schema.isMissingNode()) {
      return List.of(method + " " + path + ": no " + status + " as " + mediaType);
    }
    if (!mediaType.contains("json")) {
      return List.of();
    }
    ObjectNode whole = JsonMapper.shared().createObjectNode();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.set("$defs", ROOT.at("/components/schemas"));
    whole.setAll((ObjectNode) schema);
    String text = whole.toString().replace("#/components/schemas/", "#/$defs/");
    Schema judge = DRAFT.getSchema(text);
    return judge.validate(body, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}
