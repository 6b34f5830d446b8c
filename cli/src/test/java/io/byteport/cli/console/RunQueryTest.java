package io.byteport.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.RunFilter;
import io.byteport.engine.run.RunId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunQueryTest {

  @Test
  void an_address_says_all_that_is_looked_for() {
    RunQuery query =
        new RunQuery(
            "a b&c=d",
            RunQuery.ENDED,
            "resolved",
            "runbook/1",
            "pod/ü",
            new RunFilter.Position(Instant.parse("2026-03-01T12:00:00.123456Z"), new RunId("r~1")));

    assertThat(read(query.address())).isEqualTo(query);
    assertThat(query.filter().ended()).isTrue();
    assertThat(query.filter().words()).isEqualTo("a b&c=d");
  }

  @Test
  void nothing_is_looked_for_where_nothing_is_said() {
    assertThat(RunQuery.ALL.address()).isEqualTo("/runs");
    assertThat(read("/runs?q=++&after=nonsense&state=other").filter()).isEqualTo(RunFilter.ALL);
  }

  private static RunQuery read(String address) {
    Map<String, String> fields = new HashMap<>();
    int start = address.indexOf('?');
    for (String pair : address.substring(start + 1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      fields.put(
          parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return RunQuery.of(name -> Optional.ofNullable(fields.get(name)));
  }
}
