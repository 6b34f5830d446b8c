package io.byteport.cli;

import io.byteport.engine.run.Autonomy;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A level of autonomy as it is written in configuration. */
final class AutonomyConverter implements ITypeConverter<Autonomy> {
  @Override
  public Autonomy convert(String word) {
    return Arrays.stream(Autonomy.values())
        .filter(level -> level.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected "
                        + Arrays.stream(Autonomy.values())
                            .map(Autonomy::word)
                            .collect(Collectors.joining(", "))
                        + ", found `"
                        + word
                        + "`"));
  }
}
