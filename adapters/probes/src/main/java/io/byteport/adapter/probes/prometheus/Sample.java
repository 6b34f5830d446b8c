package io.byteport.adapter.probes.prometheus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One element of an instant vector.
 *
 * @param labels as the server gave them, not cleaned
 */
record Sample(Map<String, String> labels, double value) {
  Sample {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
