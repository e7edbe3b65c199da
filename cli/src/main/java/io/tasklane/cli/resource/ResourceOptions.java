package io.tasklane.cli.resource;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.cli.command.WholeNumber.Units;
import io.tasklane.v1.Resource;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How many units of a resource there are, as options. */
final class ResourceOptions {
  @Option(
      names = "--capacity",
      paramLabel = "N",
      converter = Units.class,
      description = "Units that running tasks may hold together; 0 takes the limit away.")
  private Integer capacity;

  @Option(
      names = "--refill",
      paramLabel = "N",
      converter = Units.class,
      description = "Units that may be started within each period; 0 takes the limit away.")
  private Integer refillUnits;

  @Option(
      names = "--period",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "The period of --refill, for example 1m.")
  private Duration refillPeriod;

  /** Sets what was given. */
  void addTo(Resource.Builder resource) {
    if (capacity != null) {
      resource.setCapacity(capacity);
    }
    if (refillUnits != null) {
      resource.setRefillUnits(refillUnits);
    }
    if (refillPeriod != null) {
      resource.setRefillPeriod(Durations.fromMillis(refillPeriod.toMillis()));
    }
  }

  /** Names what was given; without a refill there is no period. */
  FieldMask mask() {
    FieldMask.Builder mask = FieldMask.newBuilder();
    if (capacity != null) {
      mask.addPaths("capacity");
    }
    if (refillUnits != null) {
      mask.addPaths("refill_units");
    }
    if (refillPeriod != null || refillUnits != null && refillUnits == 0) {
      mask.addPaths("refill_period");
    }
    return mask.build();
  }
}
