package io.byteport.adapter.cloud.render;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a deploy is. */
public enum DeployStatus {
  CREATED,
  QUEUED,
  BUILD_IN_PROGRESS,
  PRE_DEPLOY_IN_PROGRESS,
  UPDATE_IN_PROGRESS,
  LIVE,
  DEACTIVATED,
  BUILD_FAILED,
  PRE_DEPLOY_FAILED,
  UPDATE_FAILED,
  CANCELED,
  OTHER;

  static DeployStatus of(@Nullable String word) {
    if (word != null) {
      for (DeployStatus status : values()) {
        if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
          return status;
        }
      }
    }
    return OTHER;
  }

  /** Whether it ended without going live. */
  boolean hasFailed() {
    return switch (this) {
      case BUILD_FAILED, PRE_DEPLOY_FAILED, UPDATE_FAILED, CANCELED -> true;
      case CREATED,
          QUEUED,
          BUILD_IN_PROGRESS,
          PRE_DEPLOY_IN_PROGRESS,
          UPDATE_IN_PROGRESS,
          LIVE,
          DEACTIVATED,
          OTHER ->
          false;
    };
  }
}
