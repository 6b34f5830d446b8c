package io.byteport.adapter.cloud.gcp;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alerts of Cloud Monitoring that are open. */
public final class OpenAlerts {
  private static final int MOST_PAGES = 100;

  private OpenAlerts() {}

  /**
   * Those of every project of an account, as the API describes them.
   *
   * @throws ActionException if the account names no project, or one cannot be asked
   */
  public static List<Json> read(GcpAccount account, Deadline deadline)
      throws ActionException, InterruptedException {
    if (account.projects().isEmpty()) {
      throw ActionException.refused(
          FailureKind.INVALID, "the connection `" + account.name() + "` names no `project`");
    }
    List<Json> alerts = new ArrayList<>();
    for (String project : account.projects()) {
      read(account.monitoring(), project, deadline, alerts);
    }
    return alerts;
  }

  private static void read(Api api, String project, Deadline deadline, List<Json> alerts)
      throws ActionException, InterruptedException {
    @Nullable String next = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      Address address =
          api.at("projects", project, "alerts")
              .with("filter", "state=\"OPEN\"")
              .with("pageSize", "1000")
              .with("pageToken", next);
      Json answer = api.get(address, deadline);
      alerts.addAll(answer.at("alerts").items());
      next = answer.text("nextPageToken");
      if (next == null || next.isEmpty()) {
        return;
      }
    }
    throw ActionException.refused(
        FailureKind.REFUSED, "more than " + MOST_PAGES + " pages of alerts are open in " + project);
  }
}
