"""The lists of requests that are sent to the vendor, frozen as they were."""
