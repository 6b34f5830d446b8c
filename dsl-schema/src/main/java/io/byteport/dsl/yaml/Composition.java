package io.byteport.dsl.yaml;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.Style;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Builds the nodes of one document from the parser's events. Used once, by one thread. */
final class Composition {
  private final SourceFile file;
  private final Iterator<Event> events;
  private final Traps traps;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private @Nullable YamlNode last;
  private char inside = ' ';
  private int writtenEnd;
  private long nodes;

  /** A named node with its weight; the node is null while it is still open. */
  private record Anchored(@Nullable YamlNode node, long nodes, int height) {}

  /** Ends the reading once a limit is passed; the finding is already told. */
  private static final class LimitPassed extends RuntimeException {
    private static final long serialVersionUID = 1;

    LimitPassed() {
      super(null, null, false, false);
    }
  }

  Composition(SourceFile file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
    this.traps = new Traps(file, diagnostics::add);
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** The root node, or null where there is none or where reading had to stop. */
  @Nullable YamlNode document() {
    try {
      return oneDocument();
    } catch (LimitPassed told) {
      return null;
    } catch (YamlEngineException refused) {
      diagnostics.add(new SyntaxDiagnosis(file, last, inside).of(refused));
      return null;
    } catch (NumberFormatException escape) {
      // The parser's own way of refusing an escape of more than 31 bits.
      diagnostics.add(new SyntaxDiagnosis(file, last, inside).ofEscape(writtenEnd));
      return null;
    }
  }

  private @Nullable YamlNode oneDocument() {
    events.next(); // the stream's start
    Event event = events.next();
    if (event instanceof StreamEndEvent) {
      report(
          DiagnosticCode.YAML_NOT_ONE_DOCUMENT,
          Span.START,
          "expected one document, found "
              + (file.text().isBlank() ? "an empty file" : "only comments"),
          "start with `apiVersion: byteport.io/v1` and `kind: Runbook`");
      return null;
    }
    YamlNode root = node(next(), 1);
    events.next(); // the document's end
    Event following = events.next();
    if (following instanceof DocumentStartEvent another) {
      report(
          DiagnosticCode.YAML_NOT_ONE_DOCUMENT,
          new Span(start(another), end(another)),
          "expected one document, found a second one",
          "put each document into a file of its own");
      return root;
    }
    if (root instanceof YamlScalar scalar
        && scalar.text().isEmpty()
        && scalar.style() == Style.PLAIN) {
      report(
          DiagnosticCode.YAML_NOT_ONE_DOCUMENT,
          scalar.span(),
          "expected one document, found an empty one",
          "start with `apiVersion: byteport.io/v1` and `kind: Runbook`");
      return null;
    }
    return root;
  }

  private NodeEvent next() {
    return (NodeEvent) events.next();
  }

  private YamlNode node(NodeEvent event, int depth) {
    if (depth > YamlReader.MAX_DEPTH) {
      throw tooMuch(
          event, "expected at most " + YamlReader.MAX_DEPTH + " levels of nesting, found more");
    }
    if (++nodes > YamlReader.MAX_NODES) {
      throw tooMuch(event, "expected at most " + YamlReader.MAX_NODES + " values, found more");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias, depth);
    }
    Anchor anchor = event.getAnchor().orElse(null);
    long before = nodes;
    if (anchor != null) {
      anchors.put(anchor, new Anchored(null, 0, 0));
    }
    YamlNode node =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case MappingStartEvent mapping -> mapping(mapping, depth);
          case CollectionStartEvent sequence -> sequence(sequence, depth);
          default -> throw new IllegalStateException("no node starts with " + event);
        };
    if (anchor != null) {
      anchors.put(anchor, new Anchored(node, nodes - before + 1, height(node)));
    }
    last = node;
    writtenEnd = node.span().end();
    return node;
  }

  private YamlNode aliased(AliasEvent alias, int depth) {
    Span span = new Span(start(alias), end(alias));
    Anchored target = anchors.get(alias.getAlias());
    if (target == null) {
      return traps.unknownAlias(span);
    }
    if (target.node() == null) {
      report(
          DiagnosticCode.YAML_LIMIT,
          span,
          "expected a tree, found the alias `" + file.text(span) + "` inside its own anchor",
          "write out what is meant; nothing may contain itself");
      throw new LimitPassed();
    }
    nodes += target.nodes();
    if (nodes > YamlReader.MAX_NODES) {
      throw tooMuch(
          alias,
          "expected at most " + YamlReader.MAX_NODES + " values with aliases resolved, found more");
    }
    if (depth + target.height() > YamlReader.MAX_DEPTH) {
      throw tooMuch(
          alias,
          "expected at most "
              + YamlReader.MAX_DEPTH
              + " levels of nesting with aliases resolved, found more");
    }
    last = target.node();
    writtenEnd = span.end();
    return target.node();
  }

  private YamlScalar scalar(ScalarEvent event) {
    int start = contentStart(event, start(event), end(event));
    YamlScalar scalar = Scalars.read(file, start, end(event), style(event), event.getValue());
    if (event.getTag().isPresent()) {
      return traps.taggedScalar(start(event), scalar);
    }
    return traps.checked(scalar);
  }

  private YamlSequence sequence(CollectionStartEvent event, int depth) {
    int from = contentStart(event, start(event), end(event));
    List<YamlNode> items = new ArrayList<>();
    int end = from;
    char outside = inside;
    inside = event.isFlow() ? '[' : ' ';
    NodeEvent item = itemOrNull();
    while (item != null) {
      items.add(node(item, depth + 1));
      end = Math.max(end, writtenEnd);
      item = itemOrNull();
    }
    inside = outside;
    end = event.isFlow() ? flowEnd(end, ']') : end;
    traps.taggedCollection(event, start(event));
    return new YamlSequence(
        event.isFlow() ? traps.joined(items) : items,
        event.isFlow(),
        new Span(from, Math.max(from, end)));
  }

  private YamlMapping mapping(MappingStartEvent event, int depth) {
    int from = contentStart(event, start(event), end(event));
    Map<String, Entry> entries = new LinkedHashMap<>();
    int end = from;
    char outside = inside;
    inside = event.isFlow() ? '{' : ' ';
    NodeEvent keyEvent = itemOrNull();
    while (keyEvent != null) {
      YamlNode keyNode = node(keyEvent, depth + 1);
      YamlNode value = node(next(), depth + 1);
      end = Math.max(end, writtenEnd);
      YamlScalar key = traps.key(keyNode);
      if (key != null && !(event.isFlow() && traps.continues(entries, key, value))) {
        add(entries, new Entry(key, value));
      }
      keyEvent = itemOrNull();
    }
    inside = outside;
    end = event.isFlow() ? flowEnd(end, '}') : end;
    traps.taggedCollection(event, start(event));
    return new YamlMapping(
        List.copyOf(entries.values()), event.isFlow(), new Span(from, Math.max(from, end)));
  }

  private void add(Map<String, Entry> entries, Entry entry) {
    Entry first = entries.putIfAbsent(entry.key().text(), entry);
    if (first != null) {
      diagnostics.add(
          Diagnostic.of(
                  DiagnosticCode.YAML_DUPLICATE_KEY,
                  file,
                  entry.key().span(),
                  "expected each key once in a map, found `" + entry.key().text() + "` again",
                  "remove one of them, or give it another name")
              .withRelated(
                  new Related(
                      file, first.key().span(), "`" + entry.key().text() + "` stands here first")));
    }
  }

  private @Nullable NodeEvent itemOrNull() {
    Event event = events.next();
    if (event instanceof CollectionEndEvent ending) {
      flowEnd = end(ending);
      return null;
    }
    return (NodeEvent) event;
  }

  private int flowEnd;

  /**
   * The parser's end of a flow collection, unless it has none of its own, as the pair in {@code [a:
   * b]}.
   */
  private int flowEnd(int childrenEnd, char closer) {
    return file.codePoint(flowEnd - 1) == closer ? Math.max(flowEnd, childrenEnd) : childrenEnd;
  }

  private int contentStart(NodeEvent event, int start, int end) {
    boolean tagged =
        event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
            || event instanceof CollectionStartEvent collection && collection.getTag().isPresent();
    if (event.getAnchor().isEmpty() && !tagged) {
      return start;
    }
    return Properties.skip(file, start, event instanceof ScalarEvent ? end : file.length());
  }

  private static int height(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> 0;
      case YamlSequence sequence ->
          1 + sequence.items().stream().mapToInt(Composition::height).max().orElse(0);
      case YamlMapping mapping ->
          1 + mapping.entries().stream().mapToInt(entry -> height(entry.value())).max().orElse(0);
    };
  }

  private LimitPassed tooMuch(Event event, String message) {
    int start = start(event);
    report(
        DiagnosticCode.YAML_LIMIT,
        new Span(start, Math.max(start, Math.min(end(event), start + 1))),
        message,
        "a runbook needs far less: split it, or write out what the aliases stand for");
    return new LimitPassed();
  }

  private void report(DiagnosticCode code, Span span, String message, String hint) {
    diagnostics.add(Diagnostic.of(code, file, span, message, hint));
  }

  private static Style style(ScalarEvent event) {
    return switch (event.getScalarStyle()) {
      case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
      case DOUBLE_QUOTED -> Style.DOUBLE_QUOTED;
      case LITERAL -> Style.LITERAL;
      case FOLDED -> Style.FOLDED;
      default -> Style.PLAIN;
    };
  }

  private static int start(Event event) {
    return event.getStartMark().map(Mark::getIndex).orElse(0);
  }

  private static int end(Event event) {
    return event.getEndMark().map(Mark::getIndex).orElse(0);
  }
}
