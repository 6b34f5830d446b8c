package io.byteport.engine.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How long something took by the wall's clock, and how much processor time this process used. */
record Cost(Duration wall, Duration processor) {

  /** A moment to measure from. */
  record Start(long nanos, long processor) {
    static Start now() {
      return new Start(System.nanoTime(), used());
    }

    Cost end() {
      return new Cost(
          Duration.ofNanos(System.nanoTime() - nanos), Duration.ofNanos(used() - processor));
    }
  }

  private static long used() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  double perSecond(int count) {
    return count / (wall.toNanos() / 1e9);
  }

  double processorMillisEach(int count) {
    return processor.toNanos() / 1e6 / count;
  }
}
