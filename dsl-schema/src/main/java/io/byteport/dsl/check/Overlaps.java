package io.byteport.dsl.check;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.model.Id;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares runbooks that are used together: no two share a name, and where two claim the same
 * signal, one supersedes the other, so that a person has decided which runs. That the router would
 * choose one anyway, by its target or its name, decides nothing here. Pure.
 */
public final class Overlaps {
  private Overlaps() {}

  /**
   * What is wrong between any two, at its place in the one whose file comes later by name, less
   * what a comment in either file ignores. The order of the runbooks does not matter.
   */
  public static List<Diagnostic> find(Collection<CheckedRunbook> runbooks) {
    return among(runbooks.stream().map(Claims::of).toList());
  }

  /** As {@link #find}, of what is left of the runbooks where they are not kept. */
  public static List<Diagnostic> among(Collection<Claims> runbooks) {
    List<Claims> ordered =
        runbooks.stream().sorted(Comparator.comparing(one -> one.source().name())).toList();
    Generations generations = new Generations(ordered.stream().map(Claims::metadata).toList());
    List<Diagnostic> found = new ArrayList<>();
    Shared names = new Shared();
    Shared signals = new Shared();
    for (Claims here : ordered) {
      names
          .add(here, here.names())
          .forEach((there, ids) -> ids.forEach(pair -> found.add(duplicate(here, there, pair))));
      signals
          .add(here, here.signals())
          .forEach(
              (there, ids) -> {
                if (!here.id().equals(there.id())
                    && !generations.decide(here.metadata(), there.metadata())
                    && !isIgnored(here, there, ids.getFirst())) {
                  found.add(overlap(here, there, ids));
                }
              });
    }
    return Diagnostics.sort(found);
  }

  /** A name in a runbook and the same name in one that comes earlier. */
  private record Pair(Id here, Id there) {}

  /** Who has which name, as far as the runbooks have been looked at. */
  private static final class Shared {
    private record Holder(Claims runbook, Id id) {}

    private final Map<String, List<Holder>> holders = new HashMap<>();

    /** The names that a further runbook shares with each of those before it, in its own order. */
    Map<Claims, List<Pair>> add(Claims here, Map<String, Id> ids) {
      Map<Claims, List<Pair>> shared = new LinkedHashMap<>();
      ids.forEach(
          (name, id) -> {
            List<Holder> before = holders.computeIfAbsent(name, any -> new ArrayList<>());
            for (Holder there : before) {
              shared
                  .computeIfAbsent(there.runbook(), any -> new ArrayList<>())
                  .add(new Pair(id, there.id()));
            }
            before.add(new Holder(here, id));
          });
      return shared;
    }
  }

  private static boolean isIgnored(Claims here, Claims there, Pair pair) {
    DiagnosticCode code = DiagnosticCode.FOLDER_OVERLAP;
    return here.ignores().covers(here.source(), code, pair.here().span())
        || there.ignores().covers(there.source(), code, pair.there().span());
  }

  private static Diagnostic duplicate(Claims here, Claims there, Pair name) {
    return Diagnostic.of(
            DiagnosticCode.FOLDER_DUPLICATE,
            here.source(),
            name.here().span(),
            "expected each id and alias to mean one runbook, found `" + name.here() + "` in two",
            "give one of the two another name; a newer generation has an id of its own and"
                + " `supersedes` the older one")
        .withRelated(new Related(there.source(), name.there().span(), "it stands here too"));
  }

  private static Diagnostic overlap(Claims here, Claims there, List<Pair> signals) {
    Pair first = signals.getFirst();
    String more =
        switch (signals.size()) {
          case 1 -> "";
          case 2 -> " and `" + signals.get(1).here() + "`";
          default -> " and " + (signals.size() - 1) + " more";
        };
    return Diagnostic.of(
            DiagnosticCode.FOLDER_OVERLAP,
            here.source(),
            first.here().span(),
            "expected one runbook for the signal `"
                + first.here()
                + "`"
                + more
                + ", found `"
                + here.id()
                + "` and `"
                + there.id()
                + "`",
            "write `supersedes: ["
                + there.id()
                + "]` into `"
                + here.id()
                + "`, or the reverse, or let one of them claim other signals")
        .withRelated(
            new Related(
                there.source(), first.there().span(), "`" + there.id() + "` claims it here"));
  }
}
