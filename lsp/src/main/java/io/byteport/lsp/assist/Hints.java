package io.byteport.lsp.assist;

import io.byteport.dsl.check.RunbookAnalysis;
import io.byteport.dsl.model.Guardrail;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Runbook.Rule;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.lsp.Positions;
import io.byteport.lsp.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintKind;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/** What is not written and holds all the same: the types of facts, orders, defaults. */
public final class Hints {
  private final View view;
  private final RunbookAnalysis analysis;
  private final Span asked;
  private final List<InlayHint> hints = new ArrayList<>();

  private Hints(View view, RunbookAnalysis analysis, Span asked) {
    this.view = view;
    this.analysis = analysis;
    this.asked = asked;
  }

  /** In a part of the text, in its order. */
  public static List<InlayHint> in(View view, Span asked) {
    return view.analysis()
        .map(analysis -> new Hints(view, analysis, asked).all())
        .orElse(List.of());
  }

  private List<InlayHint> all() {
    analysis
        .runbook()
        .diagnose()
        .values()
        .forEach(fact -> type(fact.id().span(), fact.id().name()));
    Runbook.Verify verify = analysis.runbook().verify();
    if (verify != null) {
      verify.read().values().forEach(fact -> type(fact.id().span(), fact.id().name()));
    }
    rules();
    defaults();
    hints.sort(
        (one, other) -> {
          int line = Integer.compare(one.getPosition().getLine(), other.getPosition().getLine());
          return line != 0
              ? line
              : Integer.compare(
                  one.getPosition().getCharacter(), other.getPosition().getCharacter());
        });
    return hints;
  }

  private void type(Span key, String fact) {
    Type type = analysis.typing().facts().getOrDefault(fact, Type.Special.UNKNOWN);
    String words = Wording.type(type);
    if (!words.isEmpty() && view.text().codePoint(key.end()) == ':') {
      add(key, key.end() + 1, words, InlayHintKind.Type, Wording.fields(type));
    }
  }

  private void rules() {
    List<Rule> rules = analysis.runbook().classify().rules();
    for (int i = 0; i < rules.size(); i++) {
      Span id = rules.get(i).classId().span();
      String order = (i + 1) + " of " + rules.size();
      add(
          id,
          id.end(),
          order,
          null,
          i == 0 ? "The first rule that is asked." : "Asked where no earlier rule holds.");
    }
  }

  private void defaults() {
    YamlMapping root = analysis.root();
    section(root, "classify")
        .filter(entry -> lacks(entry, "minConfidence"))
        .ifPresent(
            entry ->
                after(
                    entry,
                    String.format(
                        Locale.ROOT,
                        "minConfidence: %.2f",
                        analysis.runbook().classify().minConfidence())));
    section(root, "verify")
        .filter(entry -> lacks(entry, "at") && lacks(entry, "include"))
        .ifPresent(
            entry -> {
              List<String> words = new ArrayList<>();
              if (lacks(entry, "within")) {
                words.add("within: 0s");
              }
              if (lacks(entry, "every")) {
                words.add("every: 15s");
              }
              if (!words.isEmpty()) {
                after(entry, String.join(", ", words));
              }
            });
    for (Guardrail guardrail : analysis.runbook().guardrails().values()) {
      if (guardrail.rule() instanceof Guardrail.Approve approve && approve.within() == null) {
        Span id = guardrail.id().span();
        add(id, id.end() + 1, "within: 30m", null, "How long is waited for an answer.");
      }
    }
  }

  private static Optional<Entry> section(YamlMapping root, String key) {
    return root.entry(key).filter(entry -> entry.value() instanceof YamlMapping map && !map.flow());
  }

  private static boolean lacks(Entry entry, String key) {
    return entry.value() instanceof YamlMapping map && map.get(key).isEmpty();
  }

  private void after(Entry entry, String words) {
    Span key = entry.key().span();
    add(key, key.end() + 1, words, null, "Holds since nothing else is written.");
  }

  private void add(
      Span anchor, int at, String words, @Nullable InlayHintKind kind, String tooltip) {
    SourceFile own = analysis.sources().own();
    boolean here =
        analysis.sources().file(anchor) == own
            && anchor.end() <= view.text().length()
            && asked.start() <= at
            && at <= asked.end();
    if (!here) {
      return;
    }
    InlayHint hint = new InlayHint(Positions.of(view.text(), at), Either.forLeft(words));
    if (kind != null) {
      hint.setKind(kind);
    }
    hint.setPaddingLeft(true);
    if (!tooltip.isEmpty()) {
      hint.setTooltip(Either.forRight(new MarkupContent(MarkupKind.MARKDOWN, tooltip)));
    }
    hints.add(hint);
  }
}
