package io.tasklane.api;

import java.util.Optional;
import java.util.function.Function;

/**
 * What an edge tells about a call that changes something: who calls, and how the answer is kept for
 * a repeated request_id.
 *
 * @param caller who calls
 * @param method full name of the method, part of the request id's scope
 * @param requestId the client's id of this very request, empty if it gave none
 * @param bodyHash SHA-256 of the request without its request_id; another body under the same id is
 *     refused with REQUEST_ID_REUSED
 * @param encoder turns what was done into the answer's bytes, which are stored in the same commit
 * @param <T> what is done
 */
public record Change<T>(
    Caller caller,
    String method,
    Optional<String> requestId,
    byte[] bodyHash,
    Function<T, byte[]> encoder) {}
