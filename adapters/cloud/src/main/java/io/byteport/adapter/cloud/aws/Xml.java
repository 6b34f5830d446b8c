package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Reply;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element of an answer in XML, read by the names that are expected in it. Declarations of types
 * and entities are refused.
 */
final class Xml {
  /** An element with nothing in it. */
  static final Xml NONE = new Xml("none");

  private static final int DEEPEST = 100;

  private final String name;
  private final List<Xml> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private Xml(String name) {
    this.name = name;
  }

  /**
   * @throws ActionException if it is not XML
   */
  static Xml of(Reply reply) throws ActionException {
    return lenient(reply.text())
        .orElseThrow(
            () ->
                new ActionException(
                    FailureKind.UNREACHABLE,
                    reply.call().what() != Call.What.READ
                        ? ActionException.Effect.UNKNOWN
                        : ActionException.Effect.NONE,
                    "expected XML, found something else (" + reply.call() + ")",
                    null));
  }

  /** The root of a text; nothing where it is not XML. */
  static Optional<Xml> lenient(String document) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(document));
      return read(reader);
    } catch (XMLStreamException notXml) {
      return Optional.empty();
    }
  }

  private static Optional<Xml> read(XMLStreamReader reader) throws XMLStreamException {
    Deque<Xml> open = new ArrayDeque<>();
    @Nullable Xml root = null;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
          return Optional.empty();
        }
        case XMLStreamConstants.START_ELEMENT -> {
          Xml element = new Xml(reader.getLocalName());
          if (open.size() == DEEPEST) {
            return Optional.empty();
          }
          if (open.peek() != null) {
            open.peek().children.add(element);
          } else {
            root = element;
          }
          open.push(element);
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (open.peek() != null) {
            open.peek().text.append(reader.getText());
          }
        }
        default -> {
          // Comments and instructions mean nothing here.
        }
      }
    }
    return Optional.ofNullable(root);
  }

  /** The first element along a path; an empty one where there is none. */
  Xml at(String... path) {
    Xml found = this;
    for (String step : path) {
      found =
          found.children.stream()
              .filter(child -> child.name.equals(step))
              .findFirst()
              .orElseGet(() -> new Xml(step));
    }
    return found;
  }

  /** The elements of a list: all that stand in the one of that name. */
  List<Xml> list(String... path) {
    return List.copyOf(at(path).children);
  }

  /** The text there; null where there is none. */
  @Nullable String text(String... path) {
    String found = at(path).text.toString().strip();
    return found.isEmpty() ? null : found;
  }

  /**
   * @throws ActionException if there is none
   */
  String needed(String... path) throws ActionException {
    String found = text(path);
    if (found == null) {
      throw ActionException.refused(
          FailureKind.UNREACHABLE, "the answer has no `" + String.join(".", path) + "`");
    }
    return found;
  }

  /**
   * @throws ActionException if there is no whole number
   */
  long whole(String... path) throws ActionException {
    String found = needed(path);
    try {
      return Long.parseLong(found);
    } catch (NumberFormatException notWhole) {
      throw ActionException.refused(
          FailureKind.UNREACHABLE,
          "expected a number in `" + String.join(".", path) + "`, found `" + found + "`");
    }
  }
}
