package io.byteport.adapter.cloud.github;

import java.util.Locale;

/** What runs can be asked for by: a status or a conclusion. */
public enum RunStatus {
  COMPLETED,
  SUCCESS,
  FAILURE,
  CANCELLED,
  TIMED_OUT,
  IN_PROGRESS,
  QUEUED;

  /** As the API writes it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
