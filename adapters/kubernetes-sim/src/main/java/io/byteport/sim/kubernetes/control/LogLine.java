package io.byteport.sim.kubernetes.control;

import java.time.Instant;

/** One line that a container wrote. */
public record LogLine(Instant at, String text) {}
