package io.byteport.adapter.alerts.datadog;

import io.byteport.adapter.alerts.reading.Labels;
import io.byteport.adapter.alerts.reading.SignalTable;
import io.byteport.adapter.cloud.http.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which signal a monitor is: by its tags, as {@link SignalTable} says; else by its type. A
 * composite one is what most of the monitors in its query are; where two signals are as many, what
 * the monitor in the worse state is. Pure.
 *
 * @param monitors all that are known, by id
 */
record MonitorSignals(Map<String, Json> monitors) {
  private static final Pattern ID = Pattern.compile("[0-9]{1,19}");

  MonitorSignals {
    monitors = Map.copyOf(monitors);
  }

  /** The monitors that the query of a composite one names, in order; none for another one. */
  static List<String> children(Json monitor) {
    List<String> children = new ArrayList<>();
    String query = monitor.text("query");
    if ("composite".equals(monitor.text("type")) && query != null) {
      Matcher matcher = ID.matcher(query);
      while (matcher.find()) {
        children.add(matcher.group());
      }
    }
    return children;
  }

  /** The tags as labels; one without a colon is {@code true}. */
  static Map<String, String> tags(Json monitor) {
    Labels tags = new Labels();
    monitor.at("tags").items().forEach(tag -> put(tags, tag.text()));
    return tags.map();
  }

  static void put(Labels labels, @Nullable String tag) {
    if (tag != null) {
      int colon = tag.indexOf(':');
      if (colon > 0) {
        labels.put(tag.substring(0, colon), tag.substring(colon + 1));
      } else {
        labels.put(tag, "true");
      }
    }
  }

  @Nullable String signal(Json monitor) {
    String own = plain(monitor);
    if (own != null || !"composite".equals(monitor.text("type"))) {
      return own;
    }
    Map<String, int[]> votes = new LinkedHashMap<>();
    for (String id : children(monitor)) {
      Json child = monitors.get(id);
      String signal = child == null ? null : plain(child);
      if (child != null && signal != null) {
        int[] vote = votes.computeIfAbsent(signal, name -> new int[2]);
        vote[0]++;
        vote[1] = Math.max(vote[1], gravity(child.text("overall_state")));
      }
    }
    Comparator<Map.Entry<String, int[]>> most =
        Comparator.<Map.Entry<String, int[]>>comparingInt(vote -> -vote.getValue()[0])
            .thenComparingInt(vote -> -vote.getValue()[1]);
    return votes.entrySet().stream().sorted(most).map(Map.Entry::getKey).findFirst().orElse(null);
  }

  private static @Nullable String plain(Json monitor) {
    String tagged = SignalTable.of(null, tags(monitor));
    if (tagged != null) {
      return tagged;
    }
    String type = monitor.text("type");
    return switch (type == null ? "" : type) {
      case "service check" -> "service_unavailable";
      case "log alert" -> "application_error.error_rate_spike";
      default -> null;
    };
  }

  private static int gravity(@Nullable String state) {
    return switch (state == null ? "" : state) {
      case "Alert" -> 3;
      case "Warn" -> 2;
      case "No Data" -> 1;
      default -> 0;
    };
  }
}
