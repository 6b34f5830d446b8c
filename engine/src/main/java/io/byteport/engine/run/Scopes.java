package io.byteport.engine.run;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.guardrail.Claim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In which scopes a run changes something: by what its target says of a cluster, a namespace and a
 * node. What is in no cluster belongs to the fleet of its type.
 */
final class Scopes {
  /** The name of a cluster that is not named, since there is one only. */
  private static final String THE_CLUSTER = "default";

  private static final String NODE = "node";

  private Scopes() {}

  /**
   * The places that a run needs, the widest scope first.
   *
   * @param targetType the word of the runbook, such as {@code pod}
   */
  static List<Claim.Storm> of(StormLimits limits, String targetType, StructValue target) {
    List<Claim.Storm> claims = new ArrayList<>();
    String namespace = name(target.get("namespace"));
    String node = targetType.equals(NODE) ? name(target.get("name")) : name(target.get(NODE));
    String named = name(target.get("cluster"));
    String cluster = named == null ? THE_CLUSTER : named;
    boolean clustered = target.fields().containsKey("cluster") || namespace != null || node != null;
    add(claims, limits, limits.cluster(), clustered ? "cluster/" + cluster : "fleet/" + targetType);
    if (namespace != null) {
      add(claims, limits, limits.namespace(), "namespace/" + cluster + "/" + namespace);
    }
    if (node != null) {
      add(claims, limits, limits.node(), "node/" + cluster + "/" + node);
    }
    return List.copyOf(claims);
  }

  private static void add(
      List<Claim.Storm> claims, StormLimits limits, StormLimits.Limit limit, String scope) {
    if (!limit.isNone()) {
      claims.add(new Claim.Storm(scope, limit.atOnce(), limit.within(), limits.window()));
    }
  }

  /** A text, or the name of an entry of the inventory. */
  private static @Nullable String name(@Nullable Value value) {
    return switch (value) {
      case Value.TextValue text when !text.value().isEmpty() -> text.value();
      case StructValue struct when struct.get("name") instanceof Value.TextValue text ->
          text.value();
      case null, default -> null;
    };
  }
}
