package io.byteport.cli;

import java.io.PrintWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON for programs: two spaces of indentation, a line break at the end. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  static void write(PrintWriter out, Object tree) {
    out.println(MAPPER.writeValueAsString(tree));
    out.flush();
  }

  /** The text of a value, without a line break at the end. */
  static String text(Object tree) {
    return MAPPER.writeValueAsString(tree);
  }

  /** One value on one line, for streams. */
  static void writeLine(PrintWriter out, Object tree) {
    out.println(JsonMapper.shared().writeValueAsString(tree));
    out.flush();
  }
}
