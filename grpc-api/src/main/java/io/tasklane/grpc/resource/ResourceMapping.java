package io.tasklane.grpc.resource;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.resource.Resource;
import io.tasklane.resource.ResourceLimits;
import java.time.Duration;

/** A resource as the wire shows it and asks for it. */
final class ResourceMapping {
  private ResourceMapping() {}

  static io.tasklane.v1.Resource toWire(Resource resource) {
    io.tasklane.v1.Resource.Builder wire =
        io.tasklane.v1.Resource.newBuilder()
            .setName(resource.name())
            .setHeldUnits(resource.use().held())
            .setFreeUnits(resource.freeUnits())
            .setEtag(resource.etag());
    add(resource.limits(), wire);
    return wire.build();
  }

  static void add(ResourceLimits limits, io.tasklane.v1.Resource.Builder wire) {
    wire.setCapacity(limits.capacity()).setRefillUnits(limits.refillUnits());
    if (limits.refillUnits() > 0) {
      wire.setRefillPeriod(WireTime.of(limits.refillPeriod()));
    }
  }

  /** Core's constructor knows what goes together; here the field gets its name. */
  static ResourceLimits limits(io.tasklane.v1.Resource wire) {
    try {
      return new ResourceLimits(
          wire.getCapacity(),
          wire.getRefillUnits(),
          wire.hasRefillPeriod() ? WireTime.of(wire.getRefillPeriod()) : Duration.ZERO);
    } catch (IllegalArgumentException notAllowed) {
      throw Refusal.invalid(RefusalReason.INVALID_FIELD, "resource", notAllowed.getMessage());
    }
  }
}
