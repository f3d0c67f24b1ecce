"""Executes the overview of last year every night; to the folder of DAGs of Airflow."""

from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.sdk import DAG
from pendulum import datetime

with DAG("caoan_stats", schedule="30 2 * * *", start_date=datetime(2024, 1, 1), catchup=False,
         render_template_as_native_obj=True):  # fmt: skip
    PapermillOperator(
        task_id="overview", kernel_name="caoan-stats", language_name="python",
        input_nb="/srv/caoan_stats/notebooks/overview.ipynb",
        output_nb="/srv/caoan_stats/exports/executed/overview-{{ ds }}.ipynb",
        parameters={"year": "{{ data_interval_end.year - 1 }}"},
    )  # fmt: skip
