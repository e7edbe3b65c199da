package io.tasklane.api;

import java.util.Optional;
import java.util.function.Function;

/**
 * What an edge says about a call that changes something: the caller, and how the answer is kept for
 * a repeated request_id.
 *
 * @param caller who calls
 * @param method full name of the method, part of the request id's scope
 * @param requestId the client's id of this very request, empty if it gave none
 * @param bodyHash of the request without its request_id, 16 bytes; another body under the same id
 *     is refused with REQUEST_ID_REUSED
 * @param encoder turns what was done into the bytes of the answer, which are stored in the same
 *     commit. It may leave out what the request says, because whoever is given the stored answer
 *     has sent the same request. For a new task it may be asked before the task's revision and
 *     create time are known: see {@link Answer.Stored#generated}
 * @param <T> what is done
 */
public record Change<T>(
    Caller caller,
    String method,
    Optional<String> requestId,
    byte[] bodyHash,
    Function<T, byte[]> encoder) {}
