package io.tasklane.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.tasklane.ingress.format.MessageHeaders;

/**
 * A message as it was read.
 *
 * @param headers what it says beside its body
 * @param body as JSON
 */
record IncomingMessage(MessageHeaders headers, JsonNode body) {}
