-- b: stock 1 is half of 2: act now; 1 piece of 10. a: 40 are 2 months, not more than six. March closed on Tuesday the 31st.
SELECT id, severity, cost, owner, text, since FROM forecast_exceptions ORDER BY id
