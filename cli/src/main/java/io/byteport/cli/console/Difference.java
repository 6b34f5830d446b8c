package io.byteport.cli.console;

import static j2html.TagCreator.dd;
import static j2html.TagCreator.del;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.ins;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import io.byteport.cli.story.Brief;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change made of something, as far as its journal says it.
 *
 * @param before null where that is not known
 */
record Difference(String name, @Nullable Value before, Value after) {
  private static final int WIDTH = 300;

  /**
   * What an action says that it found and left, {@code from} and {@code to}; else what of its input
   * was otherwise when it was prepared; empty where neither says.
   *
   * @param output null where it did not succeed
   */
  static List<Difference> of(StructValue input, StructValue memo, @Nullable Value output) {
    if (output instanceof StructValue made) {
      Value to = made.fields().get("to");
      if (to != null && made.fields().containsKey("from")) {
        return List.of(new Difference(named(input, to), made.fields().get("from"), to));
      }
    }
    List<Difference> found = new ArrayList<>();
    input
        .fields()
        .forEach(
            (name, after) -> {
              Value before = memo.fields().get(name);
              if (before != null && !before.equals(after)) {
                found.add(new Difference(name, before, after));
              }
            });
    return List.copyOf(found);
  }

  /** The input that says what it is to be, if there is just that one. */
  private static String named(StructValue input, Value to) {
    List<String> names =
        input.fields().entrySet().stream()
            .filter(field -> field.getValue().equals(to))
            .map(java.util.Map.Entry::getKey)
            .toList();
    return names.size() == 1 ? names.getFirst() : "changed";
  }

  static DomContent html(List<Difference> all) {
    return all.isEmpty()
        ? text("")
        : dl(each(all, each -> div(dt(Safe.text(each.name())), dd(each.html()))))
            .withClass("difference");
  }

  private DomContent html() {
    return Parts.all(
        span("was ").withClass("hidden"),
        before == null || before.isNull()
            ? del("nothing")
            : del(Safe.text(Brief.of(before, WIDTH))),
        span(" → ").attr("aria-hidden", "true"),
        span("is now ").withClass("hidden"),
        ins(Safe.text(Brief.of(after, WIDTH))));
  }
}
