package io.byteport.adapter.cloud.compute;

import java.util.Locale;

/** The clouds that are known. */
public enum Provider {
  AWS,
  GCP,
  AZURE;

  /** As an inventory calls it. */
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }
}
