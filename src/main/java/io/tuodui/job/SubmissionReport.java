package io.tuodui.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tuodui.intake.Rejection;
import java.util.List;
import java.util.Map;

/**
 * What became of a submitted file, as it is written beside it.
 *
 * @param job the job's number; {@code null} when the file was not accepted
 * @param error why it was not; {@code null} when it was
 * @param reasons how many entries were rejected for each reason
 * @param rejections the first of them, with their lines
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubmissionReport(
    Long job,
    String origin,
    String error,
    Long submitted,
    Long accepted,
    Long duplicates,
    Long invalid,
    Map<String, Long> reasons,
    List<Rejection> rejections) {}
