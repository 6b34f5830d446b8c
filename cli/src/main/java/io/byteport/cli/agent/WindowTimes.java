package io.byteport.cli.agent;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.byteport.dsl.agent.AgentConfiguration.Once;
import io.byteport.dsl.agent.AgentConfiguration.Recurring;
import io.byteport.dsl.agent.AgentConfiguration.Time;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** When maintenance windows are open. Their ends do not belong to them. */
final class WindowTimes {
  private WindowTimes() {}

  static boolean isOpen(Time time, Instant now) {
    return switch (time) {
      case Once once -> !now.isBefore(once.from()) && now.isBefore(once.until());
      case Recurring recurring ->
          began(recurring, now)
              .map(began -> now.isBefore(began.plus(recurring.length())))
              .orElse(false);
    };
  }

  /** When it last began, this minute included. */
  private static Optional<Instant> began(Recurring recurring, Instant now) {
    Cron cron =
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
            .parse(recurring.cron());
    ZonedDateTime nextMinute =
        now.atZone(recurring.zone()).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    return ExecutionTime.forCron(cron).lastExecution(nextMinute).map(ZonedDateTime::toInstant);
  }
}
