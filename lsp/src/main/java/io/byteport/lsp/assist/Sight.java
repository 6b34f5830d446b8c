package io.byteport.lsp.assist;

import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.agent.AgentScopes;
import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.check.Typing;
import io.byteport.dsl.edit.Place;
import io.byteport.dsl.expr.Scope;
import io.byteport.dsl.expr.Scope.Binding;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.Shape;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.workspace.FileKind;
import io.byteport.lsp.View;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known at a place: the file's kind, its shape, and the runbook that it is, or is about,
 * understood with a harmless value at the place. Used once, by one thread.
 */
final class Sight {
  private static final Pattern FIXTURES = Pattern.compile("(?m)^kind:\\s*RunbookFixtures");
  private static final Pattern RUNBOOK = Pattern.compile("(?m)^runbook:\\s*[\"']?([\\w-]+)");

  private final View view;
  private final Place place;
  private final Names names;
  private Optional<RunbookAnalysis> analysis = Optional.empty();
  private boolean looked;
  private final boolean asWritten;
  private int offset;

  /** Of a place where something is being typed. */
  Sight(View view, Place place) {
    this(view, place, false);
  }

  /**
   * @param asWritten whether what stands at the place counts, if the text can be read with it
   */
  Sight(View view, Place place, boolean asWritten) {
    this.view = view;
    this.place = place;
    this.names = new Names(view.texts());
    this.asWritten = asWritten;
  }

  View view() {
    return view;
  }

  Place place() {
    return place;
  }

  Names names() {
    return names;
  }

  /** What the file holds, or will hold as its name says. */
  FileKind kind() {
    String name = String.valueOf(view.path().getFileName());
    if (view.kind() != FileKind.RUNBOOK || view.text().text().contains("kind: Runbook")) {
      return view.kind();
    }
    if (name.endsWith(".test.yaml")) {
      return FileKind.TEST;
    }
    return name.endsWith(".library.yaml")
        ? FileKind.LIBRARY
        : name.equals("agent.yaml") ? FileKind.AGENT : FileKind.RUNBOOK;
  }

  boolean isRunbook() {
    return (kind() == FileKind.RUNBOOK && !isFixtures()) || kind() == FileKind.LIBRARY;
  }

  boolean isTest() {
    return kind() == FileKind.TEST || isFixtures();
  }

  private boolean isFixtures() {
    return FIXTURES.matcher(view.text().text()).find();
  }

  Shape document() {
    return switch (kind()) {
      case RUNBOOK -> Shape.of(isFixtures() ? DocumentKind.RUNBOOK_FIXTURES : DocumentKind.RUNBOOK);
      case LIBRARY -> Shape.of(DocumentKind.LIBRARY);
      case TEST -> Shape.of(DocumentKind.RUNBOOK_TEST);
      case SETTINGS -> Shape.of(DocumentKind.SETTINGS);
      case CONNECTIONS, AGENT -> Shape.ofAgent();
    };
  }

  /** Every action, by name: catalogues are found in the order of the class path. */
  List<ActionDescription> actions() {
    return view.catalogue().actions().stream()
        .sorted(Comparator.comparing(ActionDescription::name))
        .toList();
  }

  Shape shape() {
    return place.shape(document());
  }

  /** The runbook of this file, or that a test is about, as far as it can be understood. */
  Optional<RunbookAnalysis> analysis() {
    if (!looked) {
      looked = true;
      analysis = isRunbook() ? own() : isTest() ? tested() : Optional.empty();
    }
    return analysis;
  }

  private Optional<RunbookAnalysis> own() {
    Optional<RunbookAnalysis> written = asWritten ? view.analysis() : Optional.empty();
    if (written.isPresent()) {
      offset = place.offset();
      return written;
    }
    Place.Mended mended = place.mended(place.content().contains("${"));
    offset = mended.offset();
    return view.texts().mended(mended.file());
  }

  private Optional<RunbookAnalysis> tested() {
    Matcher id = RUNBOOK.matcher(view.text().text());
    return id.find() ? names.runbook(id.group(1)).flatMap(view.texts()::mended) : Optional.empty();
  }

  /** The place of the value in the runbook. */
  Optional<Typing.Site> site() {
    return isRunbook() ? analysis().flatMap(found -> found.site(offset)) : Optional.empty();
  }

  /** The names that an expression here may use. */
  Scope scope() {
    if (kind() == FileKind.AGENT || kind() == FileKind.CONNECTIONS) {
      return AgentScopes.at(view.catalogue(), place.path()).orElse(Scope.EMPTY);
    }
    Optional<RunbookAnalysis> found = analysis();
    if (found.isEmpty()) {
      return Scope.EMPTY;
    }
    Scope running = found.get().typing().running();
    return site().map(site -> known(site.scope(), running)).orElse(running);
  }

  /** Of a place that was looked at before every type was known, with the types of the end. */
  private static Scope known(Scope scope, Scope running) {
    Map<String, Binding> better = new LinkedHashMap<>();
    scope
        .bindings()
        .forEach(
            (name, binding) ->
                better.put(
                    name,
                    running
                        .find(name)
                        .filter(one -> one.kind() == binding.kind())
                        .orElse(binding)));
    return Scope.EMPTY.with(better);
  }

  /** The type that the place asks for; empty where any will do. */
  Optional<Type> expected() {
    return site().flatMap(Typing.Site::expected);
  }

  /** The step of the path that leads through a key, counted from the end. */
  Optional<Place.Step> owner(String key) {
    List<Place.Step> steps = place.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (key.equals(steps.get(i).key())) {
        return Optional.of(steps.get(i));
      }
    }
    return Optional.empty();
  }
}
