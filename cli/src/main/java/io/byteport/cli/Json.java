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

  /** One value on one line, for streams. */
  static void writeLine(PrintWriter out, Object tree) {
    out.println(JsonMapper.shared().writeValueAsString(tree));
    out.flush();
  }
}
