package io.byteport.cli;

import io.byteport.dsl.value.Quantities;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as runbooks write it: {@code 30s}, {@code 5m}. */
final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return Quantities.duration(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected a time such as 30s or 5m, found `" + text + "`"));
  }
}
