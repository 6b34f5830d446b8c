package io.byteport.adapter.probes.prometheus;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One element of a range vector; labels as the server gave them, not cleaned. */
record Series(Map<String, String> labels, List<Reading> readings) {

  /** A number at a time; it may be NaN or infinite. */
  record Reading(Instant at, double value) {}

  Series {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    readings = List.copyOf(readings);
  }
}
