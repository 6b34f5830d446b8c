package io.byteport.dsl.expr;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.SourceMap;

/** Lays out the expressions in a template; the text around them stays as it is. */
public final class TemplateLayout {
  private TemplateLayout() {}

  /** The laid out text; the text itself where an expression in it is broken. */
  public static String of(String text) {
    if (!text.contains("${")) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    Checked<Template> parsed =
        TemplateParser.parse(
            new SourceFile("template", text), text, SourceMap.straight(0, points.length));
    if (parsed.hasErrors() || parsed.valueOrNull() == null) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Template.Part part : parsed.valueOrNull().parts()) {
      if (part instanceof Template.Hole hole) {
        int start = hole.span().start();
        int end = hole.span().end();
        out.append(new String(points, at, start - at));
        String expression = new String(points, start + 2, end - start - 3).strip();
        out.append("${").append(ExprLayout.of(expression)).append('}');
        at = end;
      }
    }
    return out.append(new String(points, at, points.length - at)).toString();
  }
}
