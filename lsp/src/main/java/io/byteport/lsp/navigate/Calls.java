package io.byteport.lsp.navigate;

import io.byteport.dsl.edit.Document;
import io.byteport.dsl.edit.Occurrence;
import io.byteport.dsl.edit.Occurrence.Role;
import io.byteport.dsl.edit.SymbolKind;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.lsp.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who runs whom: blocks by call, runbooks by handing off. For one request; used by one thread. */
public final class Calls {
  private final Texts texts;
  private final Map<SourceFile, List<Caller>> callers = new LinkedHashMap<>();

  public Calls(Texts texts) {
    this.texts = texts;
  }

  /**
   * A runbook or library as a whole, or one of its blocks.
   *
   * @param whole from its first character to its last
   * @param at where its name stands
   */
  public record Caller(SourceFile file, boolean isBlock, String name, Span whole, Span at) {}

  /**
   * @param other the one that calls, or that is called
   * @param in the file that holds the places
   * @param places where it is called
   */
  public record Call(Caller other, SourceFile in, List<Span> places) {
    public Call {
      places = List.copyOf(places);
    }
  }

  /** What is named at a place, which a hand-off may lead to several of, else what holds it. */
  public List<Caller> at(SourceFile file, int offset) {
    Optional<Occurrence> found = texts.symbols(file).at(offset);
    List<Caller> named = found.map(one -> named(file, one)).orElse(List.of());
    return named.isEmpty() ? holder(file, offset).stream().toList() : named;
  }

  private List<Caller> named(SourceFile file, Occurrence one) {
    boolean callable =
        one.kind() == SymbolKind.BLOCK
            || one.kind() == SymbolKind.RUNBOOK
            || one.kind() == SymbolKind.SIGNAL;
    return callable ? targets(file, one) : List.of();
  }

  /** What a name leads to: the block, the runbook, the runbooks that take up a signal. */
  private List<Caller> targets(SourceFile file, Occurrence one) {
    List<Caller> targets = new ArrayList<>();
    for (Place declared : Meaning.of(texts, file, one).declarations()) {
      SourceFile there = declared.file();
      Optional<Caller> target =
          one.kind() == SymbolKind.BLOCK
              ? holder(there, declared.occurrence().span().start())
              : all(there).stream().filter(caller -> !caller.isBlock()).findFirst();
      target.filter(caller -> !targets.contains(caller)).ifPresent(targets::add);
    }
    return targets;
  }

  private Optional<Caller> holder(SourceFile file, int offset) {
    Caller found = null;
    for (Caller caller : all(file)) {
      boolean holds = caller.whole().start() <= offset && offset <= caller.whole().end();
      if (holds && (found == null || caller.whole().length() < found.whole().length())) {
        found = caller;
      }
    }
    return Optional.ofNullable(found);
  }

  /** The file itself, where it has a name, and its blocks. */
  private List<Caller> all(SourceFile file) {
    return callers.computeIfAbsent(file, this::read);
  }

  private List<Caller> read(SourceFile file) {
    Document document = Document.of(file);
    List<Caller> all = new ArrayList<>();
    for (Occurrence one : document.symbols().occurrences()) {
      boolean itself = one.kind() == SymbolKind.RUNBOOK || one.kind() == SymbolKind.LIBRARY;
      if (itself && one.declares() && one.name().equals(document.symbols().id())) {
        Span whole = new Span(0, file.length());
        all.add(new Caller(file, false, one.name(), whole, one.span()));
        break;
      }
    }
    if (document.root().flatMap(root -> root.get("blocks")).orElse(null)
        instanceof YamlMapping blocks) {
      for (Entry block : blocks.entries()) {
        Span key = block.key().span();
        Span value = block.value().span();
        Span whole = value.start() >= key.end() ? key.to(value) : key;
        all.add(new Caller(file, true, block.key().text(), whole, key));
      }
    }
    return all;
  }

  /** Who calls it, in the order of the texts. */
  public List<Call> incoming(Caller called) {
    Map<Caller, List<Span>> places = new LinkedHashMap<>();
    for (Occurrence name : names(called)) {
      for (Place place : Meaning.of(texts, called.file(), name).places()) {
        if (place.occurrence().role() == Role.CALL) {
          Span span = place.occurrence().span();
          holder(place.file(), span.start())
              .ifPresent(
                  caller -> places.computeIfAbsent(caller, any -> new ArrayList<>()).add(span));
        }
      }
    }
    List<Call> calls = new ArrayList<>();
    places.forEach((caller, spans) -> calls.add(new Call(caller, caller.file(), spans)));
    return calls;
  }

  /** The names by which it is called: the block's own, the signals of a runbook. */
  private List<Occurrence> names(Caller called) {
    return texts.symbols(called.file()).occurrences().stream()
        .filter(
            one ->
                called.isBlock()
                    ? one.kind() == SymbolKind.BLOCK && one.span().equals(called.at())
                    : one.kind() == SymbolKind.SIGNAL && one.declares())
        .toList();
  }

  /** Whom it calls, in the order of the text. */
  public List<Call> outgoing(Caller caller) {
    Map<Caller, List<Span>> places = new LinkedHashMap<>();
    for (Occurrence one : texts.symbols(caller.file()).occurrences()) {
      boolean within =
          one.role() == Role.CALL
              && holder(caller.file(), one.span().start()).equals(Optional.of(caller));
      if (within) {
        for (Caller target : targets(caller.file(), one)) {
          places.computeIfAbsent(target, any -> new ArrayList<>()).add(one.span());
        }
      }
    }
    List<Call> calls = new ArrayList<>();
    places.forEach((target, spans) -> calls.add(new Call(target, caller.file(), spans)));
    return calls;
  }
}
