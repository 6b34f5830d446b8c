package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Probe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Probes, with what the API says where a field is left out. */
public final class ProbeMapper {

  private ProbeMapper() {}

  public static @Nullable Probe map(io.fabric8.kubernetes.api.model.@Nullable Probe probe) {
    if (probe == null) {
      return null;
    }
    return new Probe(
        seconds(probe.getInitialDelaySeconds(), 0),
        seconds(probe.getPeriodSeconds(), 10),
        seconds(probe.getTimeoutSeconds(), 1),
        probe.getFailureThreshold() == null ? 3 : probe.getFailureThreshold());
  }

  private static Duration seconds(@Nullable Integer given, int otherwise) {
    return Duration.ofSeconds(given == null ? otherwise : given);
  }
}
