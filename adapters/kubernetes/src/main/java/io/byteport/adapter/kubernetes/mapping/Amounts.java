package io.byteport.adapter.kubernetes.mapping;

import io.byteport.adapter.kubernetes.model.Resources;
import io.byteport.dsl.value.DataSize;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Quantities of the API ({@code 256Mi}, {@code 250m}) as sizes and numbers, and back. */
public final class Amounts {
  private static final String MEMORY = "memory";
  private static final String CPU = "cpu";

  private Amounts() {}

  /** The memory in a map of quantities; null where it holds none that can be read. */
  public static @Nullable DataSize memory(@Nullable Map<String, Quantity> quantities) {
    return amount(quantities, MEMORY).map(Amounts::bytes).orElse(null);
  }

  /** The storage in a map of quantities; null where it holds none that can be read. */
  public static @Nullable DataSize storage(@Nullable Map<String, Quantity> quantities) {
    return amount(quantities, "storage").map(Amounts::bytes).orElse(null);
  }

  /** A written size, or empty where the text is none. */
  public static Optional<DataSize> size(String text) {
    try {
      return Optional.of(bytes(Quantity.parse(text).getNumericalAmount()));
    } catch (RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  static Resources resources(@Nullable Map<String, Quantity> quantities) {
    double cpu = amount(quantities, CPU).map(BigDecimal::doubleValue).orElse(0.0);
    DataSize memory = memory(quantities);
    return new Resources(cpu, memory == null ? new DataSize(0) : memory);
  }

  private static Optional<BigDecimal> amount(
      @Nullable Map<String, Quantity> quantities, String name) {
    Quantity quantity = quantities == null ? null : quantities.get(name);
    if (quantity == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(quantity.getNumericalAmount());
    } catch (RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private static DataSize bytes(BigDecimal amount) {
    return new DataSize(amount.setScale(0, RoundingMode.CEILING).longValue());
  }

  /** As the API takes it, exactly: in the largest binary unit that leaves a whole number. */
  public static String print(DataSize size) {
    long amount = size.bytes();
    String unit = "";
    for (String larger : new String[] {"Ki", "Mi", "Gi"}) {
      if (amount == 0 || amount % 1024 != 0) {
        break;
      }
      amount /= 1024;
      unit = larger;
    }
    return amount + unit;
  }
}
